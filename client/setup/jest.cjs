// In the configuration of Jest: setupFilesAfterEnv: ['@ogplus/client/testing/jest']
const { matchers } = require('@ogplus/client/testing');

expect.extend(matchers);
