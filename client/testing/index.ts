export { assertCardOf, assertKeepsCardFor, assertOgTag, assertOpenGraphTags } from './assertions.ts';
export { judgeCard } from './judge.ts';
export { createMatchers, type MatcherResult, type Matchers, matchers } from './matchers.ts';
export type { Received } from './received.ts';
export { checkTags, readTags } from './tags.ts';
export type { CheckOptions, Finding, HeaderFields, Judgement, JudgeOptions, ReadTag, ResponseHead } from './types.ts';
