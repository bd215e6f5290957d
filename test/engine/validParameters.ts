// A valid set of parameters of every operation of the three nodes, in a sandbox that has what they need.
export { appFlowLab } from './appFlowLab.ts';
export { digaLab } from './digaLab.ts';
export type { Lab, ValidSet } from './lab.ts';
export { portableLab } from './portableLab.ts';
