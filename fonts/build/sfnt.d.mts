export function tablesOf(font: Buffer): Map<string, Buffer>;
export function fontOf(tables: Map<string, Buffer>): Buffer;
