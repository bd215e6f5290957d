// The labs of the three nodes: valid parameters for every operation, and a sandbox with the resources that they refer to.
export { appFlowLab } from './appflow/lab.ts';
export { digaLab } from './diga/lab.ts';
export type { Lab, ValidSet } from './lab.ts';
export { portableLab } from './portable/lab.ts';
