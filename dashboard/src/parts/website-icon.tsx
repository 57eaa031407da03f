import { IconWorld } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './website-icon.module.css';

/** The website's own icon as the service has it; a neutral mark until it comes, and where there is none. */
export function WebsiteIcon({ websiteId, size }: { websiteId: number; size: number }) {
  const [isThere, setThere] = useState(false);
  return (
    <span className={classes['icon']} style={{ width: size, height: size }} aria-hidden>
      {!isThere && <IconWorld size={size} stroke={1.5} />}
      <img
        key={websiteId}
        src={`/api/v1/websites/${websiteId}/icon`}
        alt=""
        hidden={!isThere}
        width={size}
        height={size}
        onLoad={() => setThere(true)}
        onError={() => setThere(false)}
      />
    </span>
  );
}
