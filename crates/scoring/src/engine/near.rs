//! Asking memory early for what is looked at next. In a large field everything about an entry is far away: asked for one after the other each part
//! costs a wait, asked for together all cost one.

/// Bytes that memory brings at a time.
const LINE: usize = 64;

/// Looks at each part of a slice that memory brings by itself.
pub(super) fn bring<T: Copy>(of: Option<&[T]>) {
    let Some(of) = of else { return };
    let apart = LINE / size_of::<T>();
    of.iter().step_by(apart).chain(of.last()).for_each(|one| {
        std::hint::black_box(*one);
    });
}
