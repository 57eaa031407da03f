import { CutText } from './cut-text.tsx';
import type { PreviewProps } from './preview.ts';

export interface TitleAndDescriptionProps extends PreviewProps {
  /** The network's own style: `title`, `about`. */
  readonly classes: Readonly<Record<string, string>>;
}

/** A page's title, and its description where it has one, each in as many lines as the network shows. */
export function TitleAndDescription({ preview: { title, description }, frame, classes }: TitleAndDescriptionProps) {
  return (
    <>
      <CutText cut={frame.title} className={classes['title']}>
        {title}
      </CutText>
      {description !== null && (
        <CutText cut={frame.description} className={classes['about']}>
          {description}
        </CutText>
      )}
    </>
  );
}
