// In the configuration of Vitest: test: { setupFiles: ['@ogplus/client/testing/vitest'] }
import { matchers } from '@ogplus/client/testing';
import { expect } from 'vitest';

expect.extend(matchers);
