import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { fetchForEditor, currentParameter } from '../../engine/node/editor';
import { asOperationError } from '../../engine/errors';
import { readId } from '../../engine/input/read';
import { portableApi } from '../api/definition';
import type { PortableApi } from '../api/PortableApi';
import type { PortableListing } from '../api/resource';
import { formField } from '../properties/form';
import { propertyDefinitions, specName } from '../properties/spec';
import type { PropertyDefinition } from '../properties/spec';

const ALTERNATIVE = 'Choose Using Fields Below or Using JSON instead.';

/** The form, or a notice if there is no form to show. */
function form(
	context: ILoadOptionsFunctions,
	definitions: PropertyDefinition[],
	{ isUpdate, notice }: { isUpdate: boolean; notice: string },
): ResourceMapperFields {
	const hasSecrets = context.getCurrentNodeParameter('addSecretProperties') === true;
	return {
		fields: definitions.map((definition) => formField(definition, { isUpdate, hasSecrets })),
		...(definitions.length === 0 && { emptyFieldsNotice: `${notice} ${ALTERNATIVE}` }),
	};
}

/** The property definitions of the first resource that has the spec and includes them. */
function definitionsIn({ resources }: PortableListing, spec: string): PropertyDefinition[] {
	const candidates = resources.filter((one) => specName(one) === spec).map(propertyDefinitions);
	return candidates.find((definitions) => definitions.length > 0) ?? [];
}

async function createForm(
	context: ILoadOptionsFunctions,
	kind: 'source' | 'destination',
	list: (api: PortableApi) => Promise<PortableListing | undefined>,
): Promise<ResourceMapperFields> {
	const spec = currentParameter(context, `${kind}Spec`);
	if (typeof spec !== 'string') {
		const notice = 'Enter a spec first. The form cannot evaluate an expression.';
		return form(context, [], { isUpdate: false, notice });
	}
	const listing = await fetchForEditor(context, portableApi, list);
	const definitions = listing ? definitionsIn(listing, spec.trim()) : [];
	const notice = listing
		? `No ${kind} in the account describes the properties of the spec "${spec.trim()}".`
		: `Portable does not offer a list of ${kind}s, so the properties of the spec are not known.`;
	return form(context, definitions, { isUpdate: false, notice });
}

export async function sourceForm(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await createForm(this, 'source', async (api) => await api.sources.list());
}

export async function destinationForm(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await createForm(this, 'destination', async (api) => await api.destinations.list());
}

/** The properties of the selected source, as described by the source or by another source with the same spec. */
export async function sourceChangeForm(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const id = currentParameter(this, 'source');
	if (id === undefined) {
		const notice = 'Select a source first. The form cannot evaluate an expression.';
		return form(this, [], { isUpdate: true, notice });
	}
	const found = await fetchForEditor(this, portableApi, async (api) => {
		const source = await api.sources.get(readId(id, 'Source')).catch(asOperationError);
		if (source instanceof Error) {
			if (source.details.status !== 404) throw source;
			return { definitions: [], notice: `${source.message}.` };
		}
		const spec = specName(source) ?? '';
		const own = propertyDefinitions(source);
		const listing = own.length > 0 ? undefined : await api.sources.list();
		const definitions = listing ? definitionsIn(listing, spec) : own;
		return {
			definitions,
			notice: `Portable does not describe the properties of the spec "${spec}".`,
		};
	});
	return form(this, found.definitions, { isUpdate: true, notice: found.notice });
}
