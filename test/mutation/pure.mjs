/**
 * The files of nodes/engine that mutation testing measures, without their ending. Each has a unit test of its name.
 * Most of the other files send requests or run nodes: their tests load dist/, which is not mutated.
 */
export const pure = ['values', 'http/retry'];
