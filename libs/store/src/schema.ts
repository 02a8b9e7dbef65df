import type { DataSourceOptions } from 'typeorm';
import type { Dialect } from './dialect.js';
import { conflictSchema } from './entities/conflict.entity.js';
import { contributionSchema } from './entities/contribution.entity.js';
import { controlEffectSchema } from './entities/control-effect.entity.js';
import { controlSchema } from './entities/control.entity.js';
import { E2NodeEntity } from './entities/e2-node.entity.js';
import { kpiSampleSchema } from './entities/kpi-sample.entity.js';
import { LearningRoundEntity } from './entities/learning-round.entity.js';
import { ModelActivationEntity } from './entities/model-activation.entity.js';
import { modelParametersSchema } from './entities/model-parameters.entity.js';
import { ModelVersionEntity } from './entities/model-version.entity.js';
import { PolicyEntity } from './entities/policy.entity.js';
import { RunEntity } from './entities/run.entity.js';
import { SubscriptionEntity } from './entities/subscription.entity.js';
import { XAppDeploymentEntity } from './entities/xapp-deployment.entity.js';
import { XAppEventSubscriptionEntity } from './entities/xapp-event-subscription.entity.js';
import { XAppPackageEntity } from './entities/xapp-package.entity.js';
import { CreateInventory1795219200000 } from './migrations/1795219200000-CreateInventory.js';
import { CreateSeries1795219200001 } from './migrations/1795219200001-CreateSeries.js';
import { CreateLearning1795824000000 } from './migrations/1795824000000-CreateLearning.js';
import { CreateXApps1796428800000 } from './migrations/1796428800000-CreateXApps.js';
import { CreateConflicts1797033600000 } from './migrations/1797033600000-CreateConflicts.js';
import { CreateXAppEventSubscriptions1797638400000 } from './migrations/1797638400000-CreateXAppEventSubscriptions.js';

/** Entities and migrations, the same on both databases but for the names of a few column types. */
export function schemaFor(dialect: Dialect) {
  return {
    entities: [
      E2NodeEntity,
      SubscriptionEntity,
      RunEntity,
      controlSchema(dialect),
      controlEffectSchema(dialect),
      conflictSchema(dialect),
      kpiSampleSchema(dialect),
      PolicyEntity,
      ModelVersionEntity,
      modelParametersSchema(dialect),
      ModelActivationEntity,
      LearningRoundEntity,
      contributionSchema(dialect),
      XAppPackageEntity,
      XAppDeploymentEntity,
      XAppEventSubscriptionEntity,
    ],
    migrations: [
      CreateInventory1795219200000,
      CreateSeries1795219200001,
      CreateLearning1795824000000,
      CreateXApps1796428800000,
      CreateConflicts1797033600000,
      CreateXAppEventSubscriptions1797638400000,
    ],
    synchronize: false,
    logging: false,
  } satisfies Partial<DataSourceOptions>;
}
