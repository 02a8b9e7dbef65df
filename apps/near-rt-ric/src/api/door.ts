import { RequestError, type ApiRole } from '@ricochet/platform';
import {
  applyDecorators,
  createParamDecorator,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
  type ExecutionContext,
} from '@nestjs/common';
import { xAppNameSchema, xAppVersionSchema } from '@ricochet/contracts';
import { z } from 'zod';
import { type ApiRequest } from './api-request.js';

/** All paths are below it, as those of the O-RAN Software Community's appmgr are. */
export const API_ROOT = '/ric/v1';

/** What a path's parts have to be, by their names. */
export const PATH_PARTS = {
  name: xAppNameSchema,
  version: xAppVersionSchema,
  /** That the RIC has given. */
  id: z.string().regex(/^[0-9A-Za-z-]{1,64}$/, 'expected letters, digits and dashes'),
} as const;

const DOOR = 'ricochet:door';
/** Nest's, of a controller's path. */
const PATH_KEY = 'path';
const JSON_TYPE = /^application\/json\s*(?:;|$)/i;

/** One operation of the API: its route, who may use it, and what it takes; the OpenAPI document is made of these. */
export interface Door {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `API_ROOT`, with the parts in `PATH_PARTS` as `:name`. */
  readonly path: string;
  readonly summary: string;
  readonly role: ApiRole | 'anyone';
  readonly query?: z.ZodType<object>;
  /** Of a JSON body. Absent: there is none. */
  readonly body?: z.ZodType<object>;
  /** It takes a gzipped tar file instead of JSON as well. */
  readonly takesTarball?: boolean;
  /** It answers by server-sent events, not by JSON. */
  readonly streams?: boolean;
  /** Of success; 200 when absent. 501: it is there to say why it is not. */
  readonly status?: number;
}

/** What was asked, checked. */
export interface Asked<Body = unknown, Query = unknown> {
  readonly name: string;
  readonly version: string;
  readonly id: string;
  readonly query: Query;
  readonly body: Body;
}

/** Declares a method of a controller to be a door. */
export function Door(door: Door): MethodDecorator {
  return applyDecorators(
    RequestMapping({ path: door.path, method: RequestMethod[door.method] }),
    HttpCode(door.status ?? 200),
    SetMetadata(DOOR, door),
  );
}

/** A door with all of its path, parts as `:name`. */
export interface PlacedDoor {
  readonly path: string;
  readonly door: Door;
}

/** The doors of controllers. */
export function doorsOf(controllers: readonly (new (...args: never[]) => object)[]): PlacedDoor[] {
  return controllers.flatMap((controller) => {
    const base = Reflect.getMetadata(PATH_KEY, controller) as string;
    const members = Object.values(Object.getOwnPropertyDescriptors(controller.prototype));
    return members.flatMap(({ value }: PropertyDescriptor): PlacedDoor[] => {
      const door = typeof value === 'function' ? doorOf(value as object) : undefined;
      return door === undefined ? [] : [{ path: `${base}/${door.path}`.replace(/\/+$/, ''), door }];
    });
  });
}

/** The door that a method is. */
export function doorOf(handler: object): Door | undefined {
  return Reflect.getMetadata(DOOR, handler) as Door | undefined;
}

/** Hands a door's method what was asked, as `Asked`. Answers 400 or 415 by itself, naming the path of every fault. */
export const Question = createParamDecorator((_: unknown, context: ExecutionContext): Asked => {
  const request = context.switchToHttp().getRequest<ApiRequest>();
  const { query, body, takesTarball = false } = doorOf(context.getHandler()) ?? {};
  const part = (name: keyof typeof PATH_PARTS): string => {
    const text = request.params[name];
    return text === undefined ? '' : read(PATH_PARTS[name], text, name);
  };
  return {
    name: part('name'),
    version: part('version'),
    id: part('id'),
    query: query === undefined ? refuseAny(request.query) : read(query, { ...request.query }, 'query'),
    body: bodyOf(request, body, takesTarball),
  };
});

function bodyOf(request: ApiRequest, schema: z.ZodType | undefined, takesTarball: boolean): unknown {
  const {
    'content-type': type = '',
    'content-length': length,
    'transfer-encoding': encoding,
  } = request.headers;
  const isThere = encoding !== undefined || Number(length ?? 0) > 0;
  if (schema === undefined) {
    if (isThere) throw new RequestError(400, 'body: expected none');
    return undefined;
  }
  if (isThere && !JSON_TYPE.test(type)) {
    if (takesTarball) return undefined;
    throw new RequestError(415, 'expected a body of application/json');
  }
  return read(schema, request.body ?? {}, 'body');
}

function refuseAny(query: Readonly<Record<string, unknown>>): object {
  const [name] = Object.keys(query);
  if (name !== undefined) throw new RequestError(400, `query: "${name}" is not known here`);
  return {};
}

function read<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const faults = error.issues.map(({ path, message }) => `${[where, ...path].join('.')}: ${message}`);
  throw new RequestError(400, faults.join('; '));
}
