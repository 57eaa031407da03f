import { notifications } from '@mantine/notifications';
import { text } from '../text/text.ts';

/** That something went well. */
export function say(message: string): void {
  notifications.show({ message, color: 'teal' });
}

/** The API's sentence about what did not go well. */
export function sayError(error: Error): void {
  notifications.show({ title: text.parts.failed, message: error.message, color: 'red', autoClose: 8000 });
}
