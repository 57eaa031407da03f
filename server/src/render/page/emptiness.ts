import sharp from 'sharp';
import type { PreparedDocument } from '../document/prepare-document.ts';
import type { Shot } from './capture.ts';
import type { PageContent } from './inspect-page.ts';
import type { Page } from './page.ts';
import { errorsOf } from './page-errors.ts';
import type { Viewport } from './viewport.ts';

// Of a picture of one colour, for each of its pixels; and what a few words take. Others are not looked at.
const bytesPerPixel = { 'image/png': 0.0161, 'image/jpeg': 0.0062 };
const bytesOfAWord = 2000;
// What a lossy format makes of one colour.
const sameColour = 6;

export interface Emptiness {
  readonly page: Page;
  readonly document: PreparedDocument;
  readonly content: PageContent;
  readonly shot: Shot;
  readonly viewport: Viewport;
  /** Whether the page was let go before it was ready. */
  readonly isCut: boolean;
}

/**
 * Why a picture is no card, in sentences for the page's owner; undefined for one that is. Never by one sign alone: a page of one
 * colour may be meant to be so.
 */
export async function emptinessOf({
  page,
  document,
  content,
  shot,
  viewport,
  isCut,
}: Emptiness): Promise<readonly string[] | undefined> {
  const { hasText, hasPicture, isHidden, hasGround, isEmpty } = content;
  const isShown = hasText || hasPicture;
  const pixels = viewport.pictureWidth * viewport.pictureHeight;
  const isSmall = shot.bytes.length <= pixels * bytesPerPixel[shot.type] + bytesOfAWord;
  const colour = isSmall ? await onlyColourOf(shot) : undefined;
  const isPlain = colour !== undefined;
  if (!isPlain && (isShown || !document.moves)) return undefined;
  const hasStyle = document.options.style !== undefined;
  if (isPlain && document.mode === 'template' && isEmpty && !hasStyle) return ['The template of the card is empty.'];
  const faults = await faultsOf(page);
  // A picture, or what a frame shows, may be of one colour itself.
  if (isPlain && hasText && !hasPicture)
    return ['The picture is of one colour, although the page has text in view.', ...faults];
  if (isPlain && isHidden && !hasPicture)
    return ['The picture is of one colour: what the page has to show is hidden.', ...faults];
  if (colour === 'white' && !hasGround) return ['The page is empty.', ...faults];
  // A page without text or pictures is plain on purpose, unless it has room for them and something of it went wrong.
  if (!isShown && !isEmpty && faults.length > 0) return ['The page shows neither text nor pictures.', ...faults];
  if (colour === 'white' && isCut && !isShown) return ['The picture is of one colour, and the page was still waiting.'];
  return undefined;
}

/** What went wrong in the page, in sentences. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  const errors = await errorsOf(page);
  const { failed } = page.traffic;
  return [
    ...errors.map((error) => `An error of the page: ${error}`),
    ...failed.map((what) => `A request of the page failed: ${what}`),
  ];
}

/** What a browser shows of nothing is white: any other colour was meant. */
async function onlyColourOf({ bytes }: Shot): Promise<'white' | 'another' | undefined> {
  const { channels } = await sharp(bytes).removeAlpha().stats();
  if (channels.some(({ min, max }) => max - min > sameColour)) return undefined;
  return channels.every(({ min }) => min >= 255 - sameColour) ? 'white' : 'another';
}
