// Where records are read from: the ERP's database, or its REST API. Nothing is ever written by it.
//
// One thread at a time; a Source holds its connection. Failures are thrown as Failure (failure.hpp).
#pragma once

#include "record.hpp"

#include <memory>
#include <vector>

namespace dolibarr::erp {

// After this one, in the order (changed, id).
struct Position {
    int64_t changed_us = 0;
    int64_t id = 0;
};

class Source {
public:
    virtual ~Source() = default;

    // Everything of a kind, by id: at most limit records with a greater id; fewer only at the end.
    virtual std::vector<Record> all(Kind kind, int64_t after_id, std::size_t limit) = 0;
    // What has changed since, by (changed, id): at most limit records after the position; fewer only at the end. Changes of lines, of
    // custom fields and of who is assigned count as far as the ERP shows them; the sweep finds the rest.
    virtual std::vector<Record> changed(Kind kind, Position after, std::size_t limit) = 0;
    // The ids that there are, ascending: for the sweep that finds what was deleted.
    virtual std::vector<int64_t> ids(Kind kind, int64_t after_id, std::size_t limit) = 0;
    // How many there are, for the progress bar; -1: not known without reading them all.
    virtual int64_t count(Kind kind) = 0;
    // Of one that is known by its id; empty when it is gone.
    virtual std::vector<Record> one(Kind kind, int64_t id) = 0;
    // Bytes of a file record. Throws Failure{gone} when the ERP does not hand it out.
    virtual std::string content(const Record& file) = 0;
};

}  // namespace dolibarr::erp
