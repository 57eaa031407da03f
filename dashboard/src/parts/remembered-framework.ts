const name = 'ogplus.framework';

/** The one that was chosen last in this browser; most people have one. */
export function rememberedFramework(): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage is closed to us
  }
}

export function rememberFramework(id: string): void {
  try {
    localStorage.setItem(name, id);
  } catch {
    // it is in the address of the screen all the same
  }
}
