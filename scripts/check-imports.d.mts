type Imports = ReadonlyMap<string, readonly string[]>;
export function layersOf(document: string): Map<string, string[]>;
export function importsOf(folder: string): Map<string, string[]>;
export function strayImports(imports: Imports, layers: ReadonlyMap<string, readonly string[]>): string[];
export function circlesOf(imports: Imports): string[][];
