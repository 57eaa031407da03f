import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sessionOf } from './process-table.ts';

/** Where a control group of one browser is, or will be: the kernel counts what is in it. */
export interface ControlGroupPlace {
  readonly path: string;
  /** Processes and threads that it may have. */
  readonly tasks: number;
}

export interface ControlGroupsOptions {
  /** Memory of all browsers together, in bytes; undefined: no limit. */
  readonly memory: number | undefined;
  /** Processes and threads of one browser. */
  readonly tasks: number;
}

// The service watches the browsers' memory four times a second and ends a page at the limit; the kernel stops what is faster.
const aboveLimit = 1.1;
const serviceGroup = 'service';
const browsersGroup = 'browsers';
const controllers = '+memory +pids';

/**
 * The kernel's limits for browsers (control groups, version 2), where this service has a group that it may divide: its own,
 * with nobody else's processes in it, as `Delegate=` of systemd gives. The service itself moves to a group below, because
 * a group with processes of its own cannot limit others (cgroups(7), "no internal processes").
 */
export class ControlGroups {
  readonly #folder: string;
  readonly #tasks: number;
  #made = 0;

  private constructor(folder: string, tasks: number) {
    this.#folder = folder;
    this.#tasks = tasks;
  }

  /** Undefined with the reason where this machine or its service manager does not allow it. */
  static open(options: ControlGroupsOptions): ControlGroups | { readonly refused: string } {
    const { memory, tasks } = options;
    try {
      const own = ownGroup();
      moveServiceBelow(own);
      writeFileSync(join(own, 'cgroup.subtree_control'), controllers);
      const folder = join(own, browsersGroup);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'cgroup.subtree_control'), controllers);
      writeFileSync(join(folder, 'memory.max'), memory === undefined ? 'max' : `${Math.floor(memory * aboveLimit)}`);
      withoutSwap(folder);
      return new ControlGroups(folder, tasks);
    } catch (error) {
      return { refused: error instanceof Error ? error.message : String(error) };
    }
  }

  /** A place for the group of one browser. */
  place(): ControlGroupPlace {
    return { path: join(this.#folder, `${process.pid}-${this.#made++}`), tasks: this.#tasks };
  }
}

/** Makes the group and moves a process into it; what that one starts later follows. Groups of browsers that are gone are removed. */
export function enterControlGroup({ path, tasks }: ControlGroupPlace, pid: number): void {
  sweep(dirname(path));
  mkdirSync(path);
  writeFileSync(join(path, 'pids.max'), `${tasks}`);
  writeFileSync(join(path, 'cgroup.procs'), `${pid}`);
}

/** Kills all that is in it, also what left the browser's process group or session. */
export function killControlGroup({ path }: ControlGroupPlace): void {
  try {
    writeFileSync(join(path, 'cgroup.kill'), '1');
  } catch {
    // a kernel before 5.14, or the group is removed: the process group is killed anyway
  }
}

function sweep(folder: string): void {
  for (const { name } of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    try {
      rmdirSync(join(folder, name));
    } catch {
      // processes are in it
    }
  }
}

/** @throws {Error} if there is none that has the controllers. */
function ownGroup(): string {
  const path = /^0::(\/.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1];
  if (path === undefined) throw new Error('this machine has no control groups of version 2');
  const group = join('/sys/fs/cgroup', path);
  // A service that starts a second time, or `DelegateSubgroup=service`, is there already.
  const own = basename(group) === serviceGroup ? dirname(group) : group;
  const available = readFileSync(join(own, 'cgroup.controllers'), 'utf8').trim().split(' ');
  const missing = ['memory', 'pids'].filter((one) => !available.includes(one));
  if (missing.length > 0) throw new Error(`the control group ${path} does not have: ${missing.join(', ')}`);
  return own;
}

/** @throws {Error} if the group is not the service's alone. */
function moveServiceBelow(own: string): void {
  const members = readFileSync(join(own, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number);
  const ours = sessionOf('self');
  const others = members.filter((pid) => sessionOf(`${pid}`) !== ours);
  if (others.length > 0) throw new Error('the control group has processes of others');
  const service = join(own, serviceGroup);
  mkdirSync(service, { recursive: true });
  for (const pid of members) writeFileSync(join(service, 'cgroup.procs'), `${pid}`);
}

/** A page that outgrows its memory must not fill the swap instead. */
function withoutSwap(folder: string): void {
  try {
    writeFileSync(join(folder, 'memory.swap.max'), '0');
  } catch {
    // the kernel counts no swap
  }
}
