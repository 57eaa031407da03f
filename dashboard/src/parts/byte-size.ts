/** `194120` as `194 kB`, `5000000` as `5 MB`, `12400000000` as `12.4 GB`: powers of ten, as networks count. */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1).replace(/\.0$/, '')} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1).replace(/\.0$/, '')} GB`;
}
