import type { Service } from '../engine/operation';
import { digaApi } from './api/definition';
import type { DigaApi } from './api/DigaApi';
import { withReferenceCheck } from './model/references';
import { agent } from './resources/agent';
import { branch } from './resources/branch';
import { call } from './resources/call';
import { connection } from './resources/connection';
import { execution } from './resources/execution';
import { flow } from './resources/flow';
import { piece } from './resources/piece';
import { step } from './resources/step';
import { template } from './resources/template';
import { trigger } from './resources/trigger';

export const diga: Service<DigaApi> = {
	...digaApi,
	resources: [agent, branch, call, connection, execution, flow, piece, step, template, trigger].map(
		(resource) => ({ ...resource, operations: resource.operations.map(withReferenceCheck) }),
	),
};
