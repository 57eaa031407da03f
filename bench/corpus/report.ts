import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Verdict } from './verdict.ts';

/** Those whose card is wrong: it is meant to look like the page at rest and does not. */
export function wrong(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.filter(({ agrees, page }) => !agrees && page.differs === undefined);
}

export function summary(verdicts: readonly Verdict[]): string {
  const lines = [...Map.groupBy(verdicts, ({ group }) => group)].map(([group, some]) => line(group, some));
  return [
    head,
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    line('all', verdicts),
    '',
    ...hanging(verdicts),
  ].join('\n');
}

/** A page whose only fault is a request that never ends must have its card in time, and keep it. */
function hanging(verdicts: readonly Verdict[]): string[] {
  const some = verdicts.filter(({ group }) => group === 'hanging').map(({ card }) => card);
  if (some.length === 0) return [];
  const inTime = some.filter(({ ms, kept }) => kept && ms < 2000).length;
  const slowest = Math.max(...some.map(({ ms }) => ms)).toFixed(0);
  return [`Hanging: ${inTime} of ${some.length} cards kept and there within 2 s, the slowest after ${slowest} ms.`];
}

const head = '| pages | agree | of those meant to | share | meant to differ | with faults of keeping or asking |';

function line(name: string, verdicts: readonly Verdict[]): string {
  const meant = verdicts.filter(({ page }) => page.differs === undefined);
  const agree = meant.length - wrong(meant).length;
  const share = ((agree / meant.length) * 100).toFixed(1);
  const faulty = verdicts.filter(({ faults }) => faults.length > 0).length;
  return `| ${name} | ${agree} | ${meant.length} | ${share} % | ${verdicts.length - meant.length} | ${faulty} |`;
}

/** One line for each page that is wrong or has faults. */
export function complaints(verdicts: readonly Verdict[]): string {
  const isWrong = new Set(wrong(verdicts));
  const told = verdicts.filter((verdict) => isWrong.has(verdict) || verdict.faults.length > 0);
  return told
    .toSorted((a, b) => Number(isWrong.has(b)) - Number(isWrong.has(a)))
    .map((verdict) => {
      const what = isWrong.has(verdict) ? `DISAGREES ${likenessOf(verdict)}` : 'agrees';
      return `${verdict.group}/${verdict.page.name}: ${[what, ...verdict.faults].join('; ')}`;
    })
    .join('\n');
}

function likenessOf({ likeness, card }: Verdict): string {
  if (likeness === undefined) return `answers ${card.status}: ${card.said}`;
  const kept = card.kept ? '' : ', not kept';
  const { mean, worst, colour } = likeness;
  return `SSIM ${mean.toFixed(3)}, worst part ${worst.toFixed(2)}, colour ${colour}${kept}`;
}

/** A page to look at, `index.html`: each card beside the page at rest, those that are wrong first. */
export async function writePictures(folder: string, verdicts: readonly Verdict[]): Promise<void> {
  const pictures = join(folder, 'pictures');
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  const small = async (picture: Buffer, name: string) => {
    await sharp(picture)
      .resize(800)
      .jpeg({ quality: 80 })
      .toFile(join(pictures, `${name}.jpg`));
    return `<img src="pictures/${name}.jpg" width="600" height="315" loading="lazy" alt="">`;
  };
  const isWrong = new Set(wrong(verdicts));
  const figures: string[] = [];
  for (const verdict of verdicts.toSorted((a, b) => Number(isWrong.has(b)) - Number(isWrong.has(a)))) {
    const { group, page, card, reference, faults, notAsked } = verdict;
    const mine = card.picture === undefined ? '<i>no card</i>' : await small(card.picture, `${page.name}-card`);
    const theirs = await small(reference.picture, `${page.name}-rest`);
    const rested = reference.rested ? [] : ['the page never came to rest'];
    const less = notAsked.length === 0 ? [] : [`a visitor asks for this too: ${notAsked.slice(0, 5).join(' ')}`];
    const notes = [
      likenessOf(verdict),
      page.differs,
      page.empty,
      ...faults,
      ...less,
      ...rested,
      `${card.ms.toFixed(0)} ms, ${card.said}`,
    ];
    const state = isWrong.has(verdict) ? 'wrong' : 'right';
    const told = notes.filter((note) => note !== undefined).map(escaped);
    figures.push(
      `<section class="${state}"><h2>${group}/${page.name}</h2><p>${told.join('<br>')}</p>${mine} ${theirs}</section>`,
    );
  }
  writeFileSync(join(folder, 'index.html'), `${pageHead}${figures.join('\n')}`);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

const pageHead = `<!doctype html><meta charset="utf-8"><title>Corpus</title>
<style>body{font:14px system-ui;margin:24px}h2{font-size:16px;margin:0}section{padding:8px 12px;margin:0 0 16px;border-left:6px solid #2a9d8f}
.wrong{border-color:#e63946}img,i{border:1px solid #ccc;vertical-align:top}p{margin:4px 0;color:#555}</style>
<h1>Card, and the page at rest</h1>`;
