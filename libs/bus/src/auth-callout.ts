import { type Msg } from '@nats-io/transport-node';
import { type Bus, type Unsubscribe } from './bus.js';
import { type CalloutIssuer, type CalloutParties } from './callout-issuer.js';

const CALLOUT_SUBJECT = '$SYS.REQ.USER.AUTH';
/** Account of everybody on a server that has no others. */
const GLOBAL_ACCOUNT = '$G';
const SYSTEM_ACCOUNT = '$SYS';
/** Refusals beyond so many a second are left to the server, which refuses who has no answer after two seconds. */
const MAX_REFUSALS_PER_S = 20;

/** One attempt to log in at a NATS server that asks us. */
export interface LogIn {
  /** As the client gave them: anything. */
  readonly user: string;
  readonly password: string;
  readonly connection: ConnectionId;
  /** Where the client is. */
  readonly host: string;
}

/** A connection of a client; numbers are not used twice by one life of a server. */
export interface ConnectionId {
  readonly server: string;
  readonly number: number;
}

type Subjects = readonly [string, ...string[]];

/** The subjects of a user, wildcards allowed; to a server an empty list would mean all there are. */
export interface Admission {
  readonly publish: Subjects;
  readonly subscribe: Subjects;
}

/** `system`: the server's own account, to see and close connections; no message of others is there. */
export type Verdict = Admission | 'system' | 'refused';

interface AuthorizationRequest {
  readonly user_nkey: string;
  readonly server_id: { readonly id: string };
  readonly client_info: { readonly id: number; readonly host: string };
  readonly connect_opts: { readonly user?: string; readonly pass?: string };
}

/**
 * Answers the auth callout of the bus's server: who is no user of its configuration is let in as `judge` says.
 * Floods are cheap: what is refused costs a signature twenty times a second, and no more.
 * @param now in milliseconds, rising
 */
export function serveLogIns(
  bus: Bus,
  { issuer, judge, now }: { issuer: CalloutIssuer; judge: (logIn: LogIn) => Verdict; now: () => number },
): Unsubscribe {
  let [secondOfRefusals, refusals] = [0, 0];
  const mayRefuse = (): boolean => {
    const second = Math.floor(now() / 1_000);
    if (second !== secondOfRefusals) [secondOfRefusals, refusals] = [second, 0];
    return ++refusals <= MAX_REFUSALS_PER_S;
  };
  const answer = (message: Msg): void => {
    const request = claimsOf(message.data);
    const parties: CalloutParties = { userKey: request.user_nkey, serverKey: request.server_id.id };
    const logIn = logInOf(request);
    const verdict = judge(logIn);
    if (verdict === 'refused') {
      if (mayRefuse()) message.respond(issuer.refuse(parties, 'user or password refused'));
      return;
    }
    const admitted =
      verdict === 'system'
        ? { account: SYSTEM_ACCOUNT, permissions: {} }
        : { account: GLOBAL_ACCOUNT, permissions: permissionsOf(verdict) };
    message.respond(issuer.admit(parties, { name: logIn.user, ...admitted }));
  };
  const subscription = bus.connection.subscribe(CALLOUT_SUBJECT, {
    callback: (error, message) => {
      try {
        if (error === null) answer(message);
      } catch {
        // What can not be read is no log-in of a server's: nobody waits for its answer.
      }
    },
  });
  return () => {
    if (!subscription.isClosed()) subscription.unsubscribe();
  };
}

/**
 * The claims of the server's token, whose signature is not looked at: the server lets nobody else publish on the
 * subject, and checking costs more than all the rest.
 */
function claimsOf(token: Uint8Array): AuthorizationRequest {
  const [, claims = ''] = Buffer.from(token).toString('latin1').split('.');
  return (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { nats: AuthorizationRequest }).nats;
}

function logInOf({
  server_id: server,
  client_info: client,
  connect_opts: said,
}: AuthorizationRequest): LogIn {
  return {
    user: said.user ?? '',
    password: said.pass ?? '',
    connection: { server: server.id, number: client.id },
    host: client.host,
  };
}

function permissionsOf({ publish, subscribe }: Admission): object {
  return { pub: { allow: publish }, sub: { allow: subscribe } };
}
