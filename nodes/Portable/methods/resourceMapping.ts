import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { fetchForEditor, currentParameter } from '../../engine/node/editor';
import { asOperationError } from '../../engine/errors';
import { readId } from '../../engine/input/read';
import type { PortableApi, PortableListing } from '../api/PortableApi';
import { formField } from '../properties/form';
import { portable } from '../service';
import { propertyDefinitions, specName } from '../properties/spec';
import type { PropertyDefinition } from '../properties/spec';

const OTHERWISE = 'Choose Using Fields Below or Using JSON instead.';

/** As the editor shows it: a form, or a sentence why there is none. */
function form(
	context: ILoadOptionsFunctions,
	definitions: PropertyDefinition[],
	{ isUpdate, notice }: { isUpdate: boolean; notice: string },
): ResourceMapperFields {
	const hasSecrets = context.getCurrentNodeParameter('addSecretProperties') === true;
	return {
		fields: definitions.map((definition) => formField(definition, { isUpdate, hasSecrets })),
		...(definitions.length === 0 && { emptyFieldsNotice: `${notice} ${OTHERWISE}` }),
	};
}

/** From the first of the resources with this spec that tells what it asks for. */
function definitionsIn({ resources }: PortableListing, spec: string): PropertyDefinition[] {
	const told = resources.filter((one) => specName(one) === spec).map(propertyDefinitions);
	return told.find((definitions) => definitions.length > 0) ?? [];
}

async function createForm(
	context: ILoadOptionsFunctions,
	kind: 'source' | 'destination',
	list: (api: PortableApi) => Promise<PortableListing | undefined>,
): Promise<ResourceMapperFields> {
	const spec = currentParameter(context, `${kind}Spec`);
	if (typeof spec !== 'string') {
		const notice = 'Enter a spec first; where an expression gives it, the form cannot know it.';
		return form(context, [], { isUpdate: false, notice });
	}
	const listing = await fetchForEditor(context, portable, list);
	const definitions = listing ? definitionsIn(listing, spec.trim()) : [];
	const notice = listing
		? `No ${kind} in the account tells what the spec "${spec.trim()}" asks for.`
		: `Portable did not offer a list of ${kind}s, from which to learn what a spec asks for.`;
	return form(context, definitions, { isUpdate: false, notice });
}

export async function sourceForm(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await createForm(this, 'source', async (api) => await api.listSources());
}

export async function destinationForm(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await createForm(this, 'destination', async (api) => await api.listDestinations());
}

/** What the spec of the picked source asks for: as the source itself tells, else one like it. */
export async function sourceChangeForm(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const id = currentParameter(this, 'source');
	if (id === undefined) {
		const notice = 'Pick a source first; where an expression gives it, the form cannot know it.';
		return form(this, [], { isUpdate: true, notice });
	}
	const found = await fetchForEditor(this, portable, async (api) => {
		const source = await api.getSource(readId(id, 'Source')).catch(asOperationError);
		if (source instanceof Error) {
			if (source.details.status !== 404) throw source;
			return { definitions: [], notice: `${source.message}.` };
		}
		const spec = specName(source) ?? '';
		const own = propertyDefinitions(source);
		const listing = own.length > 0 ? undefined : await api.listSources();
		const definitions = listing ? definitionsIn(listing, spec) : own;
		return { definitions, notice: `Portable does not tell what the spec "${spec}" asks for.` };
	});
	return form(this, found.definitions, { isUpdate: true, notice: found.notice });
}
