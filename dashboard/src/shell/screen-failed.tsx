import { Button, Code, Stack, Text } from '@mantine/core';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { Screen } from '../parts/screen.tsx';
import { text } from '../text/text.ts';

const words = text.errors;

/** In place of a screen that could not be loaded or failed; the menu still works. */
export function ScreenFailed() {
  const error = useRouteError();
  const says = error instanceof Error ? error.message : isRouteErrorResponse(error) ? error.statusText : String(error);
  const isLoading = isNotLoaded(says);
  return (
    <Screen title={isLoading ? words.notLoaded : words.crashed}>
      <Stack align="flex-start" maw={560}>
        {isLoading ? <Text>{words.notLoadedWhy}</Text> : <Code>{says}</Code>}
        <Button onClick={() => location.reload()}>{words.reload}</Button>
      </Stack>
    </Screen>
  );
}

/** As browsers and the bundler say that a part of the dashboard did not arrive. */
function isNotLoaded(message: string): boolean {
  return /dynamically imported module|preload CSS|importing a module script failed|loading chunk/i.test(message);
}
