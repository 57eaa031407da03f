import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FrameworkId } from '../../../server/src/model/frameworks.ts';
import { frameworkOf } from '../../../server/src/snippets/frameworks.ts';
import type { Framework } from '../../../server/src/snippets/snippet.ts';
import { changeSettings } from '../api/settings.ts';
import type { Website } from '../api/types.ts';
import { website as websiteQuery } from '../api/websites.ts';
import { rememberedFramework, rememberFramework } from './remembered-framework.ts';

export interface ChosenFramework {
  readonly framework: Framework;
  /** For everybody who works on the website; for who may not change it, in this browser. */
  readonly remember: (id: FrameworkId) => void;
}

/** What the website is made with: as it was chosen for it, else as last in this browser, else plain HTML. */
export function useFramework({ id, role, settings }: Website): ChosenFramework {
  const client = useQueryClient();
  const [chosen, setChosen] = useState<FrameworkId | null>(null);
  const change = useMutation({
    mutationFn: (framework: FrameworkId) => changeSettings(id, { framework }),
    // Nothing else depends on it, so nothing is asked for again: a check would fetch the page from its site.
    onSuccess: (changed) =>
      client.setQueryData(websiteQuery(id).queryKey, (known) => known && { ...known, settings: changed }),
  });
  return {
    framework: frameworkOf(chosen ?? settings.framework ?? rememberedFramework()),
    remember: (framework) => {
      setChosen(framework);
      rememberFramework(framework);
      // Where it cannot be kept, this browser has it: nothing to tell.
      if (role !== 'viewer' && framework !== settings.framework) change.mutate(framework);
    },
  };
}
