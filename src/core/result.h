// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QtGlobal>

#include <utility>
#include <variant>

namespace clipkiln {

/// A value, or the error why there is none; used like std::expected (C++23).
template <typename T>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& value() & { return get(); }
    const T& value() const& { return const_cast<Result*>(this)->get(); }
    T&& value() && { return std::move(get()); }
    T& operator*() & { return get(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(get()); }
    T* operator->() { return &get(); }
    const T* operator->() const { return &value(); }

    [[nodiscard]] const Error& error() const
    {
        Q_ASSERT(!has_value());
        return std::get<1>(m_state);
    }
    template <typename U>
    [[nodiscard]] T value_or(U&& fallback) const
    {
        return has_value() ? value() : static_cast<T>(std::forward<U>(fallback));
    }

private:
    T& get()
    {
        Q_ASSERT(has_value());
        return std::get<0>(m_state);
    }

    std::variant<T, Error> m_state;
};

} // namespace clipkiln
