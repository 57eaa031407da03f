import type { SharedPage } from '../api/types.ts';
import { text } from '../text/text.ts';
import classes from './details.module.css';

const words = text.sharedPreview.page;

/** What networks read of the page, as it was found. */
export function Tags({ document }: Pick<SharedPage, 'document'>) {
  return (
    <section className={classes['panel']} aria-labelledby="tags">
      <h2 id="tags">{words.tags}</h2>
      <p>{words.tagsLead}</p>
      {document === null ? (
        <p>{words.unknownTags}</p>
      ) : document.tags.length === 0 ? (
        <p>{words.noTags}</p>
      ) : (
        <dl className={classes['tags']}>
          {document.tags.map(({ name, content }, nth) => (
            // A page may have a tag twice.
            <div key={`${name} ${nth}`}>
              <dt>{name}</dt>
              <dd>{content}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
