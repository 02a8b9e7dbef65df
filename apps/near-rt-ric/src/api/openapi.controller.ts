import { Controller } from '@nestjs/common';
import { API_ROOT, Door, Question, type Asked } from './door.js';
import { AppmgrConfigController } from './appmgr/config.controller.js';
import { EventSubscriptionsController } from './appmgr/event-subscriptions.controller.js';
import { RegistrationController } from './appmgr/registration.controller.js';
import { EventsController } from './events/events.controller.js';
import { openApi } from './openapi.js';
import { PackagesController } from './packages.controller.js';
import { RicController } from './ric.controller.js';
import { E2SubscriptionsController } from './submgr/e2-subscriptions.controller.js';
import { XAppsController } from './xapps.controller.js';

/** The API's description of itself. */
@Controller(API_ROOT)
export class OpenApiController {
  private readonly description = openApi(API_CONTROLLERS);

  @Door({ method: 'GET', path: 'openapi.json', role: 'viewer', summary: 'this document' })
  document(@Question() _: Asked): object {
    return this.description;
  }
}

/** All doors of the API. */
export const API_CONTROLLERS = [
  RicController,
  XAppsController,
  PackagesController,
  AppmgrConfigController,
  RegistrationController,
  EventSubscriptionsController,
  E2SubscriptionsController,
  EventsController,
  OpenApiController,
];
