import { IconChecks, IconLink } from '@tabler/icons-react';
import { text } from '../../../../text/text.ts';
import { CutText } from '../cut-text.tsx';
import { Picture } from '../picture.tsx';
import type { PreviewProps } from '../preview.ts';
import classes from './whatsapp.module.css';

/** WhatsApp: one's own message, the preview a shade darker; the picture cut to 1.91:1, title and description two lines. */
export function WhatsApp({ preview: { title, description, domain, url, image }, frame }: PreviewProps) {
  return (
    <div className={classes['chat']}>
      <div className={classes['bubble']}>
        <div className={classes['box']}>
          <Picture image={image} ratio={frame.picture.ratio} />
          <div className={classes['text']}>
            <CutText cut={frame.title} className={classes['title']}>
              {title}
            </CutText>
            {description !== null && (
              <CutText cut={frame.description} className={classes['about']}>
                {description}
              </CutText>
            )}
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
