interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}
interface Locked {
  readonly link?: boolean;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
}
export function faultsOf(
  manifests: readonly Manifest[],
  locked: Readonly<Record<string, Locked>>,
  installedLicence: (path: string) => string | undefined,
): string[];
