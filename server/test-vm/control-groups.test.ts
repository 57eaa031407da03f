import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { milliseconds } from '../src/model/units.ts';
import { type Origin, startOrigin } from '../test/harness/origin.ts';
import { until } from '../test/harness/until.ts';
import { assertMiddle, filled, green, html, startTestRenderer, type TestRenderer } from '../test/render/harness.ts';

// `npm run test:vm` runs it in a virtual machine whose kernel has control groups of version 2.

const own = '/sys/fs/cgroup/ogplus.service';
const browsers = join(own, 'browsers');
const slow = milliseconds(240_000);

const groupsOf = () => readdirSync(browsers, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const read = (name: string) => readFileSync(join(browsers, name), 'utf8').trim();
const held = '<img src="/held" style="position:fixed;inset:0;width:100vw;height:100vh">';
const plain = html(`<div style="${filled};background:#0a0"></div>`);

describe('browsers of a service with a control group of its own', () => {
  let origin: Origin;
  let renderer: TestRenderer;
  const told: string[] = [];
  const pids: number[] = [];
  const log = {
    info: (facts: object, message: string) => {
      if ('browserPid' in facts) pids.push(Number(facts.browserPid));
      told.push(message);
    },
    warn: (facts: object, message: string) => void told.push(`${message} ${JSON.stringify(facts)}`),
  };
  before(async () => {
    mkdirSync(own);
    writeFileSync('/sys/fs/cgroup/cgroup.subtree_control', '+memory +pids');
    writeFileSync(join(own, 'cgroup.procs'), String(process.pid));
    origin = await startOrigin(() => {});
    renderer = await startTestRenderer({
      ownControlGroup: true,
      browserMemory: 1_000_000_000,
      renderers: 1,
      budget: slow,
      log,
    });
  });
  after(async () => {
    await renderer[Symbol.asyncDispose]();
    await origin[Symbol.asyncDispose]();
  });

  it('draw, each in a group below it', async () => {
    await assertMiddle(await renderer.draw(`${origin.url}/page`, plain), green);
    assert.ok(told.includes('the kernel limits the browsers, in control groups'), told.join('\n'));
    const [group, ...others] = groupsOf();
    assert.deepEqual(others, []);
    const inside = read(`${group?.name}/cgroup.procs`).split('\n').map(Number);
    assert.ok(inside.includes(pids[0] ?? 0), 'the browser is in it');
    assert.ok(inside.length > 2, 'with all its processes');
    assert.ok(!inside.includes(process.pid));
    assert.match(readFileSync('/proc/self/cgroup', 'utf8'), /^0::\/ogplus\.service\/service$/m);
  });

  it('have the limits of the kernel', () => {
    const [group] = groupsOf();
    assert.equal(read(`${group?.name}/pids.max`), '1500');
    assert.equal(Number(read('memory.max')), 1_099_997_184); // a tenth above, in whole pages of the kernel
    if (existsSync(join(browsers, 'memory.swap.max'))) assert.equal(read('memory.swap.max'), '0');
  });

  it('are killed with all that is in their group, and leave none', async () => {
    const [first] = pids;
    process.kill(first ?? 0, 'SIGKILL'); // the shell above the browser
    await until('its group is empty', () =>
      groupsOf().every(({ name }) => read(`${name}/cgroup.events`).includes('populated 0')),
    );
    await assertMiddle(await renderer.draw(`${origin.url}/page`, plain), green);
    assert.equal(groupsOf().length, 1);
  });

  it('have no page that takes more memory than the kernel allows', async () => {
    const bomb = `const kept = []; for (;;) kept.push(new Uint8Array(200e6).fill(1));`;
    await renderer
      .draw(`${origin.url}/page`, html(`<script>${bomb}</script>${held}`), { partition: 'hostile' })
      .catch(() => {});
    assert.ok(Number(read('memory.peak')) <= 1_100_000_000);
  });
});
