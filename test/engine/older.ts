// Differences between the engines of older n8n versions and the newest one, whose types are installed.
import type { WorkflowExecute } from 'n8n-core';
import type { INode, Workflow } from 'n8n-workflow';

type Executing = ReturnType<WorkflowExecute['run']>;

/** Starts a workflow. n8n 1.x and the first 2.x take positional arguments instead of an object. */
export function startWorkflow(
	engine: WorkflowExecute,
	workflow: Workflow,
	startNode?: INode,
): Executing {
	const older: unknown = Reflect.get(engine, 'run');
	if (typeof older !== 'function' || older.length <= 1) return engine.run({ workflow, startNode });
	return Reflect.apply(older, engine, [workflow, startNode]) as Executing;
}
