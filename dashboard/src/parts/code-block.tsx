import { useRef } from 'react';
import { text } from '../text/text.ts';
import classes from './code-block.module.css';
import { CopyButton } from './copy-button.tsx';

/** Code to copy, with the file that it belongs into. */
export function CodeBlock({ file, code }: { readonly file: string; readonly code: string }) {
  const shown = useRef<HTMLElement>(null);
  return (
    <div className={classes['block']}>
      <div className={classes['bar']}>
        <span className={classes['file']}>{file}</span>
        <CopyButton value={code} what={text.parts.code(file)} shown={shown} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard */}
      <pre className={classes['code']} tabIndex={0}>
        <code ref={shown}>{code}</code>
      </pre>
    </div>
  );
}
