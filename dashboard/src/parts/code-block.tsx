import { useRef } from 'react';
import { text } from '../text/text.ts';
import classes from './code-block.module.css';
import { CopyButton } from './copy-button.tsx';

/** Code to copy, with the file that it belongs into. */
export function CodeBlock({ file, code }: { readonly file: string; readonly code: string }) {
  const shown = useRef<HTMLElement>(null);
  const what = text.parts.code(file);
  return (
    <div className={classes['block']}>
      <div className={classes['bar']}>
        <span className={classes['file']}>{file}</span>
        <CopyButton value={code} what={what} shown={shown} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard */}
      <section className={classes['code']} tabIndex={0} aria-label={what}>
        <pre>
          <code ref={shown}>{code}</code>
        </pre>
      </section>
    </div>
  );
}
