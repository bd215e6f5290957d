import { openapiFacts } from '../contract/openapiFacts.ts';
import { compare, documentsIn, publishedFacts, services } from '../contract/published.ts';

describe('the contracts of the sandboxes, compared with the published ones', () => {
	it.each(services)('%s: every path, parameter, member, type and required list', (service) => {
		const { missing, invented, unused } = compare(service, publishedFacts(service));
		expect(missing).toEqual([]);
		expect(invented).toEqual([]);
		expect(unused).toEqual([]);
	});

	it('Diga publishes all operations of the sandbox; Portable publishes all creates', () => {
		expect(compare('diga', publishedFacts('diga')).unpublished).toEqual([]);
		const { unpublished } = compare('portable', publishedFacts('portable'));
		expect(unpublished.filter((operation) => /^POST \/v2\/\w+$/.test(operation))).toEqual([]);
	});

	it('finds a different member, type, value or required list', () => {
		const facts = publishedFacts('diga');
		const changed = facts.map((line) =>
			line === 'POST /v1/workflow/ body.name: string, required'
				? 'POST /v1/workflow/ body.name: string'
				: line,
		);
		expect(compare('diga', changed).missing).toEqual(['POST /v1/workflow/ body.name: string']);
		expect(compare('diga', [...facts, 'POST /v1/workflow/ body.color: string']).missing).toEqual([
			'POST /v1/workflow/ body.color: string',
		]);
	});
});

describe('the facts of a document', () => {
	const page = `
# Create part

\`\`\`\`yaml post /parts
paths:
  /parts/{id}:
    post:
      parameters: [{ name: dry, in: query, schema: { anyOf: [{ type: boolean }, { type: 'null' }] } }]
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Part' } } } }
      responses: { '201': { $ref: '#/components/responses/Made' }, '400': { description: no } }
components:
  responses: { Made: { content: { application/json: { schema: { allOf: [{ $ref: '#/components/schemas/Part' }, { required: [id], properties: { id: { type: integer } } }] } } } } }
  schemas:
    Part:
      type: object
      required: [kind]
      properties:
        kind: { enum: [a, b] }
        parts: { type: array, items: { $ref: '#/components/schemas/Part' } }
        more: { type: object, additionalProperties: { type: string } }
        either: { oneOf: [{ type: object, required: [x], properties: { x: { type: string } } }, { type: string }] }
        open: {}
\`\`\`\`
`;

	it('are read from a documentation page, through references, parts and alternatives', () => {
		expect(documentsIn(page).flatMap(openapiFacts)).toEqual([
			'POST /parts/{} 201.either.x: string',
			'POST /parts/{} 201.either: object | string',
			'POST /parts/{} 201.id: integer, required',
			'POST /parts/{} 201.kind: string of "a", "b", required',
			'POST /parts/{} 201.more.*: string',
			'POST /parts/{} 201.more: object',
			'POST /parts/{} 201.open: anything',
			'POST /parts/{} 201.parts: array',
			'POST /parts/{} 201.parts[]: as above',
			'POST /parts/{} 201: object',
			'POST /parts/{} body.either.x: string',
			'POST /parts/{} body.either: object | string',
			'POST /parts/{} body.kind: string of "a", "b", required',
			'POST /parts/{} body.more.*: string',
			'POST /parts/{} body.more: object',
			'POST /parts/{} body.open: anything',
			'POST /parts/{} body.parts: array',
			'POST /parts/{} body.parts[]: as above',
			'POST /parts/{} body: object, required',
			'POST /parts/{} query dry: boolean | null',
		]);
	});

	it('cannot be read if a reference cannot be resolved', () => {
		expect(() => documentsIn(page.replace('schemas:', 'others:')).flatMap(openapiFacts)).toThrow(
			'cannot be resolved',
		);
	});
});
