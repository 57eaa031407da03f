export function mergeSlices(fonts: readonly Buffer[]): Buffer;
