export function whatIsMissing(
  root: string,
  dev: boolean,
  machine?: { readonly platform: string; readonly arch: string; readonly libc?: string },
): string | undefined;
