import { IconChecks, IconLink } from '@tabler/icons-react';
import { text } from '../../../text/text.ts';
import { Picture } from './picture.tsx';
import type { Preview } from './preview.ts';
import classes from './whatsapp.module.css';

/** WhatsApp: one's own message, the preview a shade darker; the picture cut to 1.91:1, title and description two lines. */
export function WhatsApp({ preview: { title, description, domain, url, image } }: { preview: Preview }) {
  return (
    <div className={classes['chat']}>
      <div className={classes['bubble']}>
        <div className={classes['box']}>
          <Picture image={image} ratio={1.91} />
          <div className={classes['text']}>
            <div className={classes['title']}>{title}</div>
            {description !== null && <div className={classes['about']}>{description}</div>}
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
