// What the engines of older n8n versions want otherwise than the newest, whose types we have.
import type { WorkflowExecute } from 'n8n-core';
import type { INode, Workflow } from 'n8n-workflow';

type Executing = ReturnType<WorkflowExecute['run']>;

/** Starts a workflow. The first n8n 2.x, and 1.x, took what is named now one after another. */
export function startWorkflow(
	engine: WorkflowExecute,
	workflow: Workflow,
	startNode?: INode,
): Executing {
	const older: unknown = Reflect.get(engine, 'run');
	if (typeof older !== 'function' || older.length <= 1) return engine.run({ workflow, startNode });
	return Reflect.apply(older, engine, [workflow, startNode]) as Executing;
}
