import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'ogplus-browser-';

/** What a profile folder has before its browser starts. */
export interface ProfileContents {
  /** The text of a `fonts.conf`. */
  readonly fontconfig?: string | undefined;
  /** A folder with fonts besides the others. */
  readonly ownFonts?: string | undefined;
}

/** An empty profile folder for one browser of this process. */
export function makeProfile(): string {
  return mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
}

/** Returns the variables that name what is in it. */
export function fillProfile(profile: string, { fontconfig, ownFonts }: ProfileContents): Record<string, string> {
  // Copied: another user could not read them in place.
  if (ownFonts !== undefined && existsSync(ownFonts)) {
    cpSync(ownFonts, join(profile, '.fonts'), { recursive: true, dereference: true });
  }
  if (fontconfig === undefined) return {};
  const path = join(profile, 'fonts.conf');
  writeFileSync(path, fontconfig);
  return { FONTCONFIG_FILE: path };
}

export function giveProfile(profile: string, user: number): void {
  for (const path of ['', ...readdirSync(profile, { recursive: true, encoding: 'utf8' })])
    chownSync(join(profile, path), user, user);
}

/** Removes profile folders without a process, left by a crash or power loss. Other users' folders are left alone. */
export function sweepProfiles(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(/^\d+/.exec(name.slice(prefix.length))?.[0]) : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // another user's, which that user's service removes: no reason not to start
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
