#pragma once
// A way to look at the error that a call ends with.

#include <optional>
#include <string_view>

#include "engine/api/error.h"

namespace alphascope::tests {

/// The error that `call` throws; nothing when it throws none.
template <class Call>
std::optional<engine::Error> errorOf(Call&& call) {
    try {
        call();
    } catch (const engine::Error& e) {
        return e;
    }
    return std::nullopt;
}

/// In the sentence that a terminal shows.
inline bool contains(const std::optional<engine::Error>& error, std::string_view text) {
    return error && error->sentence().find(text) != std::string::npos;
}

} // namespace alphascope::tests

/// The call must end in an Error of the kind whose sentence contains the text.
#define EXPECT_ERROR(call, expectedKind, text)                                                               \
    do {                                                                                                     \
        const auto thrown = alphascope::tests::errorOf([&] { call; });                                       \
        QVERIFY2(thrown.has_value(), "no error was thrown");                                                 \
        QVERIFY2(alphascope::tests::contains(thrown, text), thrown->sentence().c_str());                     \
        QCOMPARE(int(thrown->kind()), int(expectedKind));                                                    \
    } while (false)
