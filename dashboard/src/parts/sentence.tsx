import { Code } from '@mantine/core';
import { Fragment } from 'react';
import { clockTime } from './clock-time.ts';

// What stands in a sentence of the service and is no English: fields and tags as they are sent, and moments.
const moment = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z`;
const field = String.raw`(?:CDN-)?Cache-Control(?:: [\w-]+(?:=\d+)?)?|Last-Modified|ETag(?: (?:W/)?"[^"]*")?|Expires|Vary`;
const word = String.raw`og:plus:[\w:]+|stale-(?:while-revalidate|if-error)|content="[^"]*"`;
const special = new RegExp(`(${moment}|${field}|${word})`);

/** The same as plain text, moments on the reader's own clock. */
export function localTimes(sentence: string): string {
  return sentence.replace(new RegExp(moment, 'g'), (at) => clockTime(at));
}

/** A sentence of the service: header fields set as code, moments on the reader's own clock. */
export function Sentence({ children }: { children: string }) {
  return children.split(special).map((part, at) => {
    // The odd ones are what was captured.
    if (at % 2 === 0) return <Fragment key={at}>{part}</Fragment>;
    if (/^\d{4}-\d\d-\d\dT/.test(part)) {
      return (
        <time key={at} dateTime={part} title={part}>
          {clockTime(part)}
        </time>
      );
    }
    return (
      <Code key={at} style={{ overflowWrap: 'anywhere' }}>
        {part}
      </Code>
    );
  });
}
