#pragma once

#include <string>
#include <vector>

#include "base/ids.h"
#include "campaigns/form/interview_state.h"
#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// Columns of a contact by name, as questionnaires see them: those of the list that have a place of
/// their own, and the others. Methods throw SqliteError.
class ContactColumns {
public:
    explicit ContactColumns(Database& database);

    /// "language", then those asked for; one that the list does not have is empty.
    /// @param contact  there is one, checked.
    [[nodiscard]] std::vector<campaigns::form::NamedText> of(ContactId contact,
                                                             const std::vector<std::string>& names);

private:
    Statement contact_;
};

/// The same as an SQL expression over `contacts c`, with whatever the name holds quoted.
[[nodiscard]] std::string column_sql(const std::string& name);

}  // namespace bellwether::store
