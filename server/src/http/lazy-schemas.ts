import ajvCompiler, { type BuildCompilerFromPool } from '@fastify/ajv-compiler';
import serializerSelector, { type SerializerFactory } from '@fastify/fast-json-stringify-compiler';

type Validate = ReturnType<ReturnType<BuildCompilerFromPool>>;

// Of the process: several servers in one, as in tests, compile a schema once.
const validators = ajvCompiler();
const serializers = serializerSelector();

/**
 * Fastify's own compilers, which here compile a schema when it is first used: compiling those of all routes takes longer
 * than the rest of the service's start. A query is text, of which numbers are made; JSON has numbers, and its text is none.
 */
export const lazySchemas: {
  readonly buildValidator: BuildCompilerFromPool;
  readonly buildSerializer: SerializerFactory;
} = {
  buildValidator(schemas, options) {
    const ofText = once(() => validators(schemas, options));
    const exact = { ...options, customOptions: { ...options?.customOptions, coerceTypes: false } } as typeof options;
    const ofJson = once(() => validators(schemas, exact));
    return (route) => {
      const { httpPart }: { httpPart?: string } = Object(route);
      const compile = httpPart === 'body' ? ofJson : ofText;
      const compiled = once(() => compile()(route));
      // Fastify reads the errors from the function.
      const validate = Object.defineProperty((data: unknown) => compiled()(data), 'errors', {
        get: () => compiled().errors,
      });
      return validate as Validate;
    };
  },
  buildSerializer(schemas, options) {
    const compile = serializers(schemas, options);
    return (route) => {
      const compiled = once(() => compile(route));
      return (data) => compiled()(data);
    };
  },
};

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
