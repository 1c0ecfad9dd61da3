/** 0 to size - 1. */
export const indices = (size: number): number[] => Array.from({ length: size }, (_, i) => i);
