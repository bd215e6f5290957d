// A valid set of parameters of every operation of the three nodes, in a sandbox that has what they need.
export { appFlowLab } from './appflow/lab.ts';
export { digaLab } from './diga/lab.ts';
export type { Lab, ValidSet } from './lab.ts';
export { portableLab } from './portable/lab.ts';
