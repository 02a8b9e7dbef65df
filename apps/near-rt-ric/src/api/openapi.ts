import { apiKeysSchema } from '@ricochet/platform';
import { z } from 'zod';
import { doorsOf, PATH_PARTS, type Door } from './door.js';

/** JSON that the document is made of. */
type Json = Readonly<Record<string, unknown>>;

const PROBLEM = { $ref: '#/components/responses/problem' };
const ANY_JSON = { 'application/json': { schema: {} } };
const EVENT_STREAM = { 'text/event-stream': { schema: { type: 'string' } } };
const TARBALL = { 'application/gzip': { schema: { type: 'string', format: 'binary' } } };

/** The OpenAPI 3.1 document of the doors of controllers. */
export function openApi(controllers: readonly (new (...args: never[]) => object)[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const { door, path: route } of doorsOf(controllers)) {
    const path = route.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[door.method.toLowerCase()] = operationOf(door, path);
  }
  const key = { type: 'apiKey', in: 'header', name: 'X-API-Key' };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Near-RT RIC',
      version: '1.0.0',
      description: `Keys have a role: ${apiKeysSchema.element.shape.role.options.join(', ')}.`,
    },
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, key },
      responses: { problem: problemResponse() },
    },
    security: [{ bearer: [] }, { key: [] }],
  };
}

function operationOf(
  { summary, role, query, body, takesTarball, streams, status = 200 }: Door,
  path: string,
): Json {
  const taken = {
    ...(body && { 'application/json': { schema: schemaOf(body) } }),
    ...(takesTarball && TARBALL),
  };
  const content = streams ? EVENT_STREAM : ANY_JSON;
  return {
    summary,
    'x-role': role,
    ...(role === 'anyone' && { security: [] }),
    parameters: [...pathParameters(path), ...(query === undefined ? [] : queryParameters(query))],
    ...(body && { requestBody: { content: taken } }),
    responses: {
      [status]: status === 501 ? PROBLEM : { description: 'done', ...(status !== 204 && { content }) },
      default: PROBLEM,
    },
  };
}

function pathParameters(path: string): Json[] {
  return Object.entries(PATH_PARTS)
    .filter(([name]) => path.includes(`{${name}}`))
    .map(([name, schema]) => ({ name, in: 'path', required: true, schema: schemaOf(schema) }));
}

function queryParameters(query: z.ZodType): Json[] {
  const { properties = {} } = schemaOf(query) as { properties?: Readonly<Record<string, Json>> };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }));
}

function problemResponse(): Json {
  const fields = {
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
  };
  return {
    description: 'what is wrong (RFC 9457)',
    content: { 'application/problem+json': { schema: schemaOf(z.object(fields)) } },
  };
}

/** What a client sends. */
function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}
