#pragma once
// The edges of a graph as a file: header, nodes, check sum. The rows themselves are not in it, but their
// check sum is, so that a graph is never used with other rows. Little-endian. Inside this room only.
//
//   "ASNBGRPH"  u32 version  u32 links  u64 rows  u64 numbers of a row  u64 CRC-64/XZ of the rows
//   u32 highest level  u32 entry node
//   for each node: u32 row  u32 its level  for each level from 0: u32 count, u32 nodes...
//   u64 CRC-64/XZ of all that stands before
//
// hnswlib's own loader trusts its file; here every number is checked before it is used.

#include <cstdint>
#include <string>

#include "engine/exploring/neighbours/hnsw_graph.h"

namespace alphascope::engine {

std::uint64_t checksumOf(const Codes& rows);

/// `graph` holds all rows and is not changing.
std::string encodeGraph(const HnswGraph& graph, const Codes& rows);

/// Fills `graph`, which is new and made for these rows. Throws Error(BadInput): one sentence that names
/// `path`; the graph is then not to be used.
void decodeGraph(const std::string& bytes, const std::string& path, const Codes& rows, HnswGraph& graph);

/// More bytes than encodeGraph() can give.
std::size_t graphFileLimit(const Codes& rows, std::size_t links);

} // namespace alphascope::engine
