import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';
import { readResource, unknownCreate } from './responses';
import type { FlowCategory } from './flowEndpoints';
import { pageQuery, readPage } from './pages';
import type { DigaPage, Order } from './pages';
import { paths } from './paths';
import type { DigaRequests } from './requests';
import type { DigaResource } from './resource';

export interface TemplateQuery {
	/** Required, because Diga's default is Spanish. */
	language: string;
	flow_category?: FlowCategory;
	order?: Order;
}

export interface TemplateCopy {
	flow_name?: string;
	/** The values of the template's placeholders, by name. */
	variables?: IDataObject;
	/** The secrets of the template's connections. */
	connections?: Array<{ key: string; value: string }>;
}

/** Diga's maximum. */
const PAGE_SIZE = 100;

/** The templates that Diga offers to all projects. */
export class TemplateEndpoints {
	constructor(private readonly requests: DigaRequests) {}

	/** Returns one page, newest first. */
	async list(query: TemplateQuery & { after?: string }): Promise<DigaPage<DigaResource>> {
		const parameters = { ...pageQuery(query), limit: PAGE_SIZE };
		return readPage(await this.requests.read(paths.templates(), parameters), query.after);
	}

	async get(id: string): Promise<DigaResource> {
		return readResource(await this.requests.read(paths.template(id)));
	}

	/** Creates a disabled flow. Returns `flow_id`, `flow_name` and `edit_url`, not the flow. */
	async copy(id: string, copy: TemplateCopy): Promise<IDataObject & { flow_id: string }> {
		const path = paths.templateCopy(id);
		const request = { method: 'POST', path, body: copy, effect: 'write' } as const;
		const response = await this.requests.send('create', request);
		const { body } = response;
		if (isObject(body) && typeof body.flow_id === 'string') {
			return { ...body, flow_id: body.flow_id };
		}
		throw unknownCreate(response, 'flow');
	}
}
