import { IconChecks, IconLink } from '@tabler/icons-react';
import { text } from '../../../../text/text.ts';
import { Picture } from '../picture.tsx';
import type { PreviewProps } from '../preview.ts';
import { TitleAndDescription } from '../title-and-description.tsx';
import classes from './whatsapp.module.css';

/** WhatsApp: one's own message, the preview a shade darker; the picture cut to 1.91:1, title and description two lines. */
export function WhatsApp({ preview, frame }: PreviewProps) {
  const { domain, url, image } = preview;
  return (
    <div className={classes['chat']}>
      <div className={classes['bubble']}>
        <div className={classes['box']}>
          <Picture image={image} ratio={frame.picture.ratio} />
          <div className={classes['text']}>
            <TitleAndDescription preview={preview} frame={frame} classes={classes} />
            <div className={classes['domain']}>
              <IconLink size={13} />
              <span>{domain}</span>
            </div>
          </div>
        </div>
        <div className={classes['link']}>{url}</div>
        <div className={classes['time']}>
          {text.networks.time}
          <IconChecks size={15} />
        </div>
      </div>
    </div>
  );
}
