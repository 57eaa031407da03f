/** Kills a process group, if it is there. */
export function signalGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it just exited
  }
}
