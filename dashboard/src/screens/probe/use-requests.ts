import { useEffect, useState } from 'react';
import { probeEvents } from '../../api/probes.ts';
import type { ProbeRequest } from '../../api/types.ts';

export interface Heard {
  /** Newest first. */
  readonly requests: readonly ProbeRequest[];
  readonly isLost: boolean;
}

/** The requests that came to a probe, and those that come while it is shown. */
export function useRequests(websiteId: number, id: number): Heard {
  const [requests, setRequests] = useState<readonly ProbeRequest[]>([]);
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    const source = new EventSource(probeEvents(websiteId, id));
    source.onopen = () => setLost(false);
    source.onerror = () => setLost(true); // it connects again by itself
    source.onmessage = ({ data }) => {
      const heard = JSON.parse(data) as ProbeRequest;
      setRequests((known) => (known.some((one) => one.id === heard.id) ? known : [heard, ...known]));
    };
    return () => source.close();
  }, [websiteId, id]);
  return { requests, isLost };
}
