import { openapiFacts } from '../contract/openapiFacts.ts';
import { compare, documentsIn, publishedFacts, services } from '../contract/published.ts';

describe('the contracts of the sandbox, beside what the services publish', () => {
	it.each(services)('%s: every path, parameter, member, type and required list', (service) => {
		const { missing, invented, unused } = compare(service, publishedFacts(service));
		expect(missing).toEqual([]);
		expect(invented).toEqual([]);
		expect(unused).toEqual([]);
	});

	it('Diga publishes every operation that the sandbox has; Portable only its creates, in whole', () => {
		expect(compare('diga', publishedFacts('diga')).unpublished).toEqual([]);
		const { unpublished } = compare('portable', publishedFacts('portable'));
		expect(unpublished.filter((operation) => /^POST \/v2\/\w+$/.test(operation))).toEqual([]);
	});

	it('a member, a type, a value, or a requirement that differs is found', () => {
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
# Create thing

\`\`\`\`yaml post /things
paths:
  /things/{id}:
    post:
      parameters: [{ name: dry, in: query, schema: { anyOf: [{ type: boolean }, { type: 'null' }] } }]
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses: { '201': { $ref: '#/components/responses/Made' }, '400': { description: no } }
components:
  responses: { Made: { content: { application/json: { schema: { allOf: [{ $ref: '#/components/schemas/Thing' }, { required: [id], properties: { id: { type: integer } } }] } } } } }
  schemas:
    Thing:
      type: object
      required: [kind]
      properties:
        kind: { enum: [a, b] }
        parts: { type: array, items: { $ref: '#/components/schemas/Thing' } }
        more: { type: object, additionalProperties: { type: string } }
        either: { oneOf: [{ type: object, required: [x], properties: { x: { type: string } } }, { type: string }] }
        open: {}
\`\`\`\`
`;

	it('are read from a documentation page, through references, parts and alternatives', () => {
		expect(documentsIn(page).flatMap(openapiFacts)).toEqual([
			'POST /things/{} 201.either.x: string',
			'POST /things/{} 201.either: object | string',
			'POST /things/{} 201.id: integer, required',
			'POST /things/{} 201.kind: string of "a", "b", required',
			'POST /things/{} 201.more.*: string',
			'POST /things/{} 201.more: object',
			'POST /things/{} 201.open: anything',
			'POST /things/{} 201.parts: array',
			'POST /things/{} 201.parts[]: as above',
			'POST /things/{} 201: object',
			'POST /things/{} body.either.x: string',
			'POST /things/{} body.either: object | string',
			'POST /things/{} body.kind: string of "a", "b", required',
			'POST /things/{} body.more.*: string',
			'POST /things/{} body.more: object',
			'POST /things/{} body.open: anything',
			'POST /things/{} body.parts: array',
			'POST /things/{} body.parts[]: as above',
			'POST /things/{} body: object, required',
			'POST /things/{} query dry: boolean | null',
		]);
	});

	it('cannot be read if a reference cannot be resolved', () => {
		expect(() => documentsIn(page.replace('schemas:', 'others:')).flatMap(openapiFacts)).toThrow(
			'cannot be resolved',
		);
	});
});
