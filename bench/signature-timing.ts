import { randomBytes } from 'node:crypto';
import type { PublicKey, SecretKey } from '../server/src/model/website.ts';
import { isSignatureOf, readSignature, sign } from '../server/src/websites/signature.ts';
import type { Row } from './statistics.ts';

const samples = 30_000;
// A batch is long beside the clock's step, and short beside what interrupts it.
const batch = 50;
// Where the tail of the slowest begins: interruptions, which tell nothing of the code.
const cropped = 0.6;
// The bound that tests of leakage by Welch's t use: by chance alone it is passed once in 100,000 times.
const bound = 4.5;

/**
 * Whether the time that a wrong signature takes tells how much of it is right: signatures whose first 15 bytes are right
 * beside those whose first byte is wrong, in random order. A comparison that ends at the first difference is measured in
 * the same way, to show that the measurement would see one.
 */
export function benchSignatureTiming(): Row[] {
  const publicKey = 'ogplus_pk_bench' as PublicKey;
  const secretKey = `ogplus_sk_${randomBytes(32).toString('base64url')}` as SecretKey;
  const query = 'url=https%3A%2F%2Fexample.com%2F';
  const right = Buffer.from(sign(publicKey, secretKey, query), 'base64url');
  const mac = right.length - 16;
  const [near, far] = [changedAt(right, right.length - 1), changedAt(right, mac)];

  const verify = (text: string) => {
    const signature = readSignature(text);
    return signature !== undefined && isSignatureOf(secretKey, signature, query);
  };
  const expected = right.subarray(mac);
  const leaky = (text: string) => {
    const given = Buffer.from(text, 'base64url').subarray(mac);
    for (let at = 0; at < expected.length; at++) if (given[at] !== expected[at]) return false;
    return true;
  };
  const ours = compare(verify, near, far);
  const theirs = compare(leaky, near, far);
  return [
    {
      what: "signatures, almost right beside all wrong (Welch's t; difference)",
      ours: `${ours.t.toFixed(1)} (${ours.nanoseconds.toFixed(1)} ns of ${ours.mean.toFixed(0)})`,
      theirs: `a comparison that ends early ${theirs.t.toFixed(1)} (${theirs.nanoseconds.toFixed(1)} ns of ${theirs.mean.toFixed(0)})`,
      ratio: '',
      aim: `|t| ≤ ${bound}`,
    },
  ];
}

function changedAt(signature: Buffer, at: number): string {
  const bytes = Buffer.from(signature);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString('base64url');
}

function compare(verify: (text: string) => boolean, near: string, far: string) {
  const taken: Record<'near' | 'far', number[]> = { near: [], far: [] };
  let accepted = 0;
  for (let n = -samples / 10; n < samples; n++) {
    const isNear = Math.random() < 0.5;
    const text = isNear ? near : far;
    const started = process.hrtime.bigint();
    for (let k = 0; k < batch; k++) if (verify(text)) accepted++;
    const took = Number(process.hrtime.bigint() - started) / batch;
    if (n >= 0) taken[isNear ? 'near' : 'far'].push(took); // the first ones are compiled on the way
  }
  if (accepted > 0) throw new Error('A wrong signature was accepted.');
  const limit = [...taken.near, ...taken.far].toSorted((a, b) => a - b)[Math.floor(cropped * samples)] ?? 0;
  const [a, b] = [taken.near, taken.far].map((all) => moments(all.filter((one) => one <= limit)));
  if (a === undefined || b === undefined) throw new Error('Nothing was measured.');
  const nanoseconds = a.mean - b.mean;
  return { t: nanoseconds / Math.sqrt(a.variance / a.count + b.variance / b.count), nanoseconds, mean: a.mean };
}

function moments(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, variance, count: values.length };
}
