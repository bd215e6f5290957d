// Generates test/fixtures/appflowConstraints.json with every constraint of the AppFlow operations that this package
// uses, from the model that AWS publishes with its Python client (botocore, Apache License 2.0).
//
//   node test/tools/appflowConstraints.mjs path/to/botocore/data/appflow/2020-08-23/service-2.json.gz 1.43.107
//
// The file is in the Python package `botocore`, and in Debian's python3-botocore.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const OPERATIONS = [
	'CancelFlowExecutions',
	'CreateFlow',
	'DeleteFlow',
	'DescribeConnector',
	'DescribeConnectorEntity',
	'DescribeConnectorProfiles',
	'DescribeConnectors',
	'DescribeFlow',
	'DescribeFlowExecutionRecords',
	'ListConnectorEntities',
	'ListConnectors',
	'ListFlows',
	'ListTagsForResource',
	'StartFlow',
	'StopFlow',
	'TagResource',
	'UntagResource',
	'UpdateFlow',
];

const [file, version] = process.argv.slice(2);
if (file === undefined || version === undefined) {
	throw new Error('Usage: path of service-2.json or service-2.json.gz, version of botocore');
}

const bytes = readFileSync(file);
const model = JSON.parse(String(file.endsWith('.gz') ? gunzipSync(bytes) : bytes));

/** The location of a member outside the body. */
function placeOf({ location, locationName }) {
	return location === undefined ? {} : { location, locationName };
}

/** The constraints of a shape, without its documentation. */
function compact({ type, members, required, member, key, value, enum: values, pattern, min, max }) {
	const named = Object.entries(members ?? {}).map(([name, one]) => [
		name,
		{ shape: one.shape, ...placeOf(one) },
	]);
	return {
		type,
		...(members && { members: Object.fromEntries(named) }),
		...(required && { required }),
		...(member && { member: member.shape }),
		...(key && { key: key.shape, value: value.shape }),
		...(values && { enum: values }),
		...(pattern !== undefined && { pattern }),
		...(min !== undefined && { min }),
		...(max !== undefined && { max }),
	};
}

/** A shape and all shapes that it references. */
function reachable(name, found = new Set()) {
	if (found.has(name)) return found;
	found.add(name);
	const { members = {}, member, key, value } = model.shapes[name];
	for (const one of [...Object.values(members), member, key, value]) {
		if (one) reachable(one.shape, found);
	}
	return found;
}

const operations = OPERATIONS.map((name) => {
	const { http, input, output } = model.operations[name];
	const { method, requestUri } = http;
	return [name, { method, path: requestUri, input: input.shape, output: output.shape }];
});
const names = new Set();
for (const [, { input, output }] of operations) {
	reachable(input, names);
	reachable(output, names);
}
const shapes = [...names].sort().map((name) => [name, compact(model.shapes[name])]);

const lines = (entries) =>
	entries
		.map(([name, value]) => `\t\t${JSON.stringify(name)}: ${JSON.stringify(value)}`)
		.join(',\n');
const text = `{
	"source": ${JSON.stringify(`botocore ${version}, data/appflow/2020-08-23/service-2.json (Apache License 2.0)`)},
	"made": ${JSON.stringify(new Date().toISOString().slice(0, 10))},
	"by": "test/tools/appflowConstraints.mjs",
	"operations": {
${lines(operations)}
	},
	"shapes": {
${lines(shapes)}
	}
}
`;
writeFileSync(join(import.meta.dirname, '../fixtures/appflowConstraints.json'), text);
