import type { PageDetail } from '../../api/types.ts';
import { Pairs } from '../../parts/pairs.tsx';
import { Section } from '../../parts/section.tsx';
import { text } from '../../text/text.ts';

const words = text.page.headers;

/** The header fields of the response that was judged last. */
export function Headers({ response: { status, headers } }: { response: NonNullable<PageDetail['response']> }) {
  return (
    <Section title={words.title} lead={words.lead(status)} folds="where narrow">
      <Pairs pairs={headers.map(({ name, value }) => [name, value])} />
    </Section>
  );
}
