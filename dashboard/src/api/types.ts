// What the API takes and gives, from the schemas that it checks itself with. Types only: nothing of the server is built in.
import type { Static } from 'typebox';
import type * as shared from '../../../server/src/cards/shared-preview/shown.ts';
import type * as accounts from '../../../server/src/http/api/schemas/accounts.ts';
import type * as audit from '../../../server/src/http/api/schemas/audit.ts';
import type * as common from '../../../server/src/http/api/schemas/common.ts';
import type * as consumers from '../../../server/src/http/api/schemas/consumers.ts';
import type * as deploys from '../../../server/src/http/api/schemas/deploys.ts';
import type * as members from '../../../server/src/http/api/schemas/members.ts';
import type * as networkRequests from '../../../server/src/http/api/schemas/network-requests.ts';
import type * as pages from '../../../server/src/http/api/schemas/pages.ts';
import type * as preview from '../../../server/src/http/api/schemas/preview.ts';
import type * as probes from '../../../server/src/http/api/schemas/probes.ts';
import type * as service from '../../../server/src/http/api/schemas/service.ts';
import type * as sharedPreviews from '../../../server/src/http/api/schemas/shared-previews.ts';
import type * as usage from '../../../server/src/http/api/schemas/usage.ts';
import type * as warmups from '../../../server/src/http/api/schemas/warmups.ts';
import type * as webhooks from '../../../server/src/http/api/schemas/webhooks.ts';
import type * as websites from '../../../server/src/http/api/schemas/websites.ts';
import type {
  Actor as AnActor,
  AuditAction as AnAuditAction,
  AuditSubject as AnAuditSubject,
} from '../../../server/src/model/audit.ts';
import type { Scope } from '../../../server/src/model/identity.ts';

export type Consumer = Static<typeof consumers.Consumer>;
export type Explanation = Static<typeof common.Explanation>;
export type Picture = Static<typeof common.Picture>;
export type Website = Static<typeof websites.Website>;
export type Settings = Static<typeof websites.Settings>;
export type SettingsChange = Static<typeof websites.SettingsChange>;
export type Role = Static<typeof websites.Role>;
export type Finding = Static<typeof websites.Finding>;
export type Check = Static<typeof websites.Check>;
export type Key = Static<typeof websites.Key>;
export type NewKey = Static<typeof websites.NewKey>;
export type PageState = Static<typeof pages.PageState>;
export type PageRow = Static<typeof pages.PageRow>;
export type PageSort = Static<typeof pages.PageSort>;
export type PageRows = Static<typeof pages.Pages>;
export type PageDetail = Static<typeof pages.PageDetail>;
export type Card = Static<typeof pages.Card>;
export type Decision = Static<typeof pages.Decision>;
export type DrawingStep = Static<typeof pages.DrawingStep>;
export type Purge = Static<typeof pages.Purge>;
export type Preview = Static<typeof preview.Preview>;
export type Usage = Static<typeof usage.Usage>;
export type UsageDay = Static<typeof usage.UsageDay>;
export type Attention = Static<typeof usage.Attention>;

export type Probe = Static<typeof probes.Probe>;
export type ProbeRequest = Static<typeof probes.ProbeRequest>;
export type NetworkRequest = Static<typeof networkRequests.NetworkRequest>;
export type SharedPreview = Static<typeof sharedPreviews.SharedPreview>;
export type SharedPage = shared.SharedPage;
export type SharedCard = shared.SharedCard;
export type Webhook = Static<typeof webhooks.Webhook>;
export type NewWebhook = Static<typeof webhooks.NewWebhook>;
export type MadeWebhook = Static<typeof webhooks.MadeWebhook>;
export type Delivery = Static<typeof webhooks.Delivery>;
export type DeployHook = Static<typeof deploys.DeployHook>;
export type MadeDeployHook = Static<typeof deploys.MadeDeployHook>;
export type NewWarmup = Static<typeof warmups.NewWarmup>;
export type Warmup = Static<typeof warmups.Warmup>;
export type WarmupDetail = Static<typeof warmups.WarmupDetail>;

export type ServiceStatus = Static<typeof service.ServiceStatus>;
export type ServiceNode = Static<typeof service.Node>;
export type NodeStatus = NonNullable<ServiceNode['status']>;
export type Concern = Static<typeof service.Concern>;
export type ServiceError = Static<typeof service.ServiceError>;
export type WebsiteCosts = Static<typeof service.Costs>;
export type Examination = Static<typeof service.Examination>;

export type Person = Static<typeof accounts.Person>;
/** `ended` is said by this client alone: there was a person until the service said 401. */
export type Session = Static<typeof accounts.SessionState> & { readonly ended?: boolean };
export type Invitation = Static<typeof members.InvitedTo>;
export type { Scope };
export type ApiKey = Static<typeof accounts.ApiKey>;
export type NewApiKey = Omit<Static<typeof accounts.NewApiKey>, 'scopes'> & { readonly scopes: readonly Scope[] };
export type MadeApiKey = Static<typeof accounts.MadeApiKey>;
export type SignedInSession = Static<typeof accounts.Session>;
export type Members = Static<typeof members.Members>;
export type Member = Static<typeof members.Member>;
export type OpenInvitation = Static<typeof members.Invitation>;
export type NewInvitation = Static<typeof members.NewInvitation>;
export type MadeWebsite = Static<typeof members.MadeWebsite>;
export type Joined = Static<typeof members.Joined>;
export type Actor = AnActor;
export type AuditAction = AnAuditAction;
export type AuditSubject = AnAuditSubject;
export type AuditEntry = Static<typeof audit.AuditEntry>;
export type AuditLog = Static<typeof audit.AuditLog>;
export type AuditActor = Static<typeof audit.AuditActors>['actors'][number];
